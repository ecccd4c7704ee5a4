"""A part of the schema.org vocabulary, as a table: the types that a health site uses, those that they need, and their properties.

What is missing here and stands in the vocabulary may be added; a superseded property should not.
"""

from functools import cache

# What a value can be besides a thing with a type.
DATA_TYPES = frozenset(
    {"Boolean", "CssSelectorType", "Date", "DateTime", "Distance", "Duration", "Integer", "Number", "Text", "URL"}
)

# Type < the types above it, then its own properties: what a value of them may be. Those of the types above are inherited.
_TYPES = """
Thing
  name alternateName disambiguatingDescription: Text
  description: Text TextObject
  url sameAs: URL
  additionalType: Text URL
  identifier: PropertyValue Text URL
  image: ImageObject URL
  mainEntityOfPage: CreativeWork URL
  potentialAction: Action
  subjectOf: CreativeWork Event

MedicalEntity < Thing
  code: MedicalCode
  guideline: MedicalGuideline
  legalStatus: DrugLegalStatus MedicalEnumeration Text
  medicineSystem: MedicineSystem
  recognizingAuthority: Organization
  relevantSpecialty: MedicalSpecialty
  study: MedicalStudy
MedicalCondition < MedicalEntity
  associatedAnatomy: AnatomicalStructure AnatomicalSystem SuperficialAnatomy
  cause: MedicalCause
  differentialDiagnosis: DDxElement
  drug: Drug
  epidemiology expectedPrognosis naturalProgression pathophysiology possibleComplication: Text
  possibleTreatment secondaryPrevention: Drug DrugClass LifestyleModification MedicalTherapy
  primaryPrevention: MedicalTherapy
  riskFactor: MedicalRiskFactor
  signOrSymptom: MedicalSignOrSymptom
  stage: MedicalConditionStage
  status: EventStatusType MedicalStudyStatus Text
  typicalTest: MedicalTest
InfectiousDisease < MedicalCondition
  infectiousAgent transmissionMethod: Text
  infectiousAgentClass: InfectiousAgentClass
MedicalSignOrSymptom < MedicalCondition
MedicalSign < MedicalSignOrSymptom
  identifyingExam: PhysicalExam
  identifyingTest: MedicalTest
MedicalSymptom < MedicalSignOrSymptom
MedicalCause < MedicalEntity
  causeOf: MedicalEntity
MedicalRiskFactor < MedicalEntity
  increasesRiskOf: MedicalEntity
MedicalProcedure < MedicalEntity
  bodyLocation followup howPerformed: Text
  preparation: MedicalEntity Text
  procedureType: MedicalProcedureType
  status: EventStatusType MedicalStudyStatus Text
PhysicalExam < MedicalProcedure
TherapeuticProcedure < MedicalProcedure
  adverseOutcome: MedicalEntity
  doseSchedule: DoseSchedule
  drug: Drug
MedicalTherapy < TherapeuticProcedure
  contraindication: MedicalContraindication Text
  duplicateTherapy: MedicalTherapy
  seriousAdverseOutcome: MedicalEntity
OccupationalTherapy PalliativeProcedure PhysicalTherapy < MedicalTherapy
LifestyleModification < MedicalEntity
PhysicalActivity < LifestyleModification
  associatedAnatomy: AnatomicalStructure AnatomicalSystem SuperficialAnatomy
  category: CategoryCode PhysicalActivityCategory Text Thing URL
  epidemiology pathophysiology: Text
Diet < CreativeWork LifestyleModification
  dietFeatures expertConsiderations physiologicalBenefits risks: Text
  endorsers: Organization Person
ExercisePlan < CreativeWork PhysicalActivity
  activityDuration: Duration QuantitativeValue
  activityFrequency intensity restPeriods: QuantitativeValue Text
  additionalVariable exerciseType: Text
  repetitions: Number QuantitativeValue
MedicalContraindication MedicalStudy < MedicalEntity
MedicalGuideline < MedicalEntity
  evidenceLevel: MedicalEvidenceLevel
  evidenceOrigin: Text
  guidelineDate: Date
  guidelineSubject: MedicalEntity
MedicalGuidelineRecommendation < MedicalGuideline
  recommendationStrength: Text
MedicalGuidelineContraindication < MedicalGuideline
MedicalTest < MedicalEntity
  affectedBy: Drug
  normalRange: MedicalEnumeration Text
  signDetected: MedicalSign
  usedToDiagnose: MedicalCondition
AnatomicalStructure < MedicalEntity
  associatedPathophysiology bodyLocation: Text
  connectedTo subStructure: AnatomicalStructure
  diagram: ImageObject
  partOfSystem: AnatomicalSystem
  relatedCondition: MedicalCondition
  relatedTherapy: MedicalTherapy
Muscle < AnatomicalStructure
  antagonist: Muscle
  insertion: AnatomicalStructure
  muscleAction: Text
AnatomicalSystem < MedicalEntity
  associatedPathophysiology: Text
  comprisedOf: AnatomicalStructure AnatomicalSystem
  relatedCondition: MedicalCondition
  relatedStructure: AnatomicalStructure
  relatedTherapy: MedicalTherapy
SuperficialAnatomy < MedicalEntity
  associatedPathophysiology significance: Text
  relatedAnatomy: AnatomicalStructure AnatomicalSystem
  relatedCondition: MedicalCondition
  relatedTherapy: MedicalTherapy
MedicalIntangible < MedicalEntity
MedicalCode < CategoryCode MedicalIntangible
  codeValue codingSystem: Text
DDxElement < MedicalIntangible
  diagnosis: MedicalCondition
  distinguishingSign: MedicalSignOrSymptom
MedicalConditionStage < MedicalIntangible
  stageAsNumber: Number
  subStageSuffix: Text
DoseSchedule < MedicalIntangible
  doseUnit frequency: Text
  doseValue: Number QualitativeValue
  targetPopulation: Text
Substance < MedicalEntity
  activeIngredient: Text
Product < Thing
Drug < Product Substance
  administrationRoute alcoholWarning breastfeedingWarning clinicalPharmacology dosageForm drugUnit: Text
  foodWarning mechanismOfAction nonProprietaryName overdosage pregnancyWarning proprietaryName rxcui: Text
  doseSchedule: DoseSchedule
  drugClass: DrugClass
  interactingDrug relatedDrug: Drug
  isAvailableGenerically isProprietary: Boolean
  labelDetails prescribingInfo: URL
  pregnancyCategory: DrugPregnancyCategory
  prescriptionStatus: DrugPrescriptionStatus Text
  warning: Text URL
DrugClass < MedicalEntity
  drug: Drug
DietarySupplement < Product Substance
  isProprietary: Boolean
  mechanismOfAction nonProprietaryName proprietaryName safetyConsideration targetPopulation: Text

CreativeWork < Thing
  about mainEntity mentions: Thing
  abstract alternativeHeadline copyrightNotice creditText headline text: Text
  accessibilityAPI accessibilityControl accessibilityFeature accessibilityHazard accessibilitySummary accessMode: Text
  audience: Audience
  author contributor copyrightHolder creator funder maintainer provider publisher sponsor translator: Organization Person
  citation: CreativeWork Text
  conditionsOfAccess: Text
  copyrightYear: Number
  correction: CorrectionComment Text URL
  creativeWorkStatus: DefinedTerm Text
  dateCreated dateModified datePublished expires: Date DateTime
  editor: Person
  exampleOfWork hasPart translationOfWork workExample workTranslation: CreativeWork
  encodingFormat: Text URL
  genre keywords: DefinedTerm Text URL
  inLanguage: Language Text
  isAccessibleForFree isFamilyFriendly: Boolean
  isBasedOn: CreativeWork Product URL
  isPartOf license publishingPrinciples usageInfo: CreativeWork URL
  position: Integer Text
  sdDatePublished: Date
  thumbnailUrl: URL
  timeRequired: Duration
  version: Number Text
  wordCount: Integer
Article < CreativeWork
  articleBody articleSection: Text
  pageEnd pageStart: Integer Text
  pagination: Text
  speakable: SpeakableSpecification URL
ScholarlyArticle Report < Article
MedicalScholarlyArticle < ScholarlyArticle
  publicationType: Text
Book < CreativeWork
  bookEdition isbn: Text
  numberOfPages: Integer
CreativeWorkSeries < CreativeWork
  endDate startDate: Date DateTime
  issn: Text
Periodical < CreativeWorkSeries
PublicationVolume < CreativeWork
  pageEnd pageStart volumeNumber: Integer Text
  pagination: Text
PublicationIssue < CreativeWork
  issueNumber pageEnd pageStart: Integer Text
  pagination: Text
WebContent < CreativeWork
HealthTopicContent < WebContent
  hasHealthAspect: HealthAspectEnumeration
WebSite < CreativeWork
  issn: Text
WebPage < CreativeWork
  breadcrumb: BreadcrumbList Text
  lastReviewed: Date
  mainContentOfPage: WebPageElement
  primaryImageOfPage: ImageObject
  relatedLink significantLink: URL
  reviewedBy: Organization Person
  speakable: SpeakableSpecification URL
  specialty: Specialty
AboutPage CollectionPage ContactPage FAQPage ItemPage SearchResultsPage < WebPage
MedicalWebPage < WebPage
  medicalAudience: MedicalAudience MedicalAudienceType
WebPageElement < CreativeWork
  cssSelector: CssSelectorType
Comment < CreativeWork
  parentItem: Comment CreativeWork
CorrectionComment < Comment
Question < Comment
  acceptedAnswer suggestedAnswer: Answer ItemList
  answerCount: Integer
Answer < Comment
  answerExplanation: Comment WebContent
MediaObject < CreativeWork
  contentSize: Text
  contentUrl embedUrl: URL
  duration: Duration QuantitativeValue
  encodesCreativeWork: CreativeWork
  height width: Distance QuantitativeValue
  uploadDate: Date DateTime
TextObject < MediaObject
ImageObject < MediaObject
  caption: MediaObject Text
  embeddedTextCaption: Text
  representativeOfPage: Boolean
HowTo < CreativeWork
  performTime prepTime totalTime: Duration
  step: CreativeWork HowToSection HowToStep Text
  supply: HowToSupply Text
  tool: HowToTool Text
HowToSection HowToStep < CreativeWork ItemList ListItem
HowToTip < CreativeWork ListItem
HowToDirection < CreativeWork ListItem
  performTime prepTime totalTime: Duration
  afterMedia beforeMedia duringMedia: MediaObject URL
DefinedTermSet < CreativeWork
  hasDefinedTerm: DefinedTerm

Intangible < Thing
DefinedTerm < Intangible
  inDefinedTermSet: DefinedTermSet URL
  termCode: Text
CategoryCodeSet < DefinedTermSet
  hasCategoryCode: CategoryCode
CategoryCode < DefinedTerm
  codeValue: Text
  inCodeSet: CategoryCodeSet URL
ItemList < Intangible
  itemListElement: ListItem Text Thing
  itemListOrder: ItemListOrderType Text
  numberOfItems: Integer
BreadcrumbList < ItemList
ListItem < Intangible
  item: Thing
  nextItem previousItem: ListItem
  position: Integer Text
HowToItem < ListItem
HowToSupply HowToTool < HowToItem
Audience < Intangible
  audienceType: Text
PeopleAudience < Audience
  healthCondition: MedicalCondition
  requiredGender: Text
  requiredMaxAge requiredMinAge: Integer
  suggestedGender: GenderType Text
  suggestedMaxAge suggestedMinAge: Number
MedicalAudience < Audience PeopleAudience
Patient < MedicalAudience Person
  diagnosis healthCondition: MedicalCondition
  drug: Drug
StructuredValue < Intangible
ContactPoint < StructuredValue
  availableLanguage: Language Text
  contactType email telephone: Text
EntryPoint < Intangible
  actionPlatform: DigitalPlatformEnumeration Text URL
  contentType encodingType httpMethod urlTemplate: Text
Language < Intangible
PropertyValue < StructuredValue
  maxValue minValue: Number
  propertyID: Text URL
  unitCode: Text URL
  unitText: Text
  value: Boolean Number QualitativeValue StructuredValue Text
QuantitativeValue < StructuredValue
  maxValue minValue: Number
  unitCode: Text URL
  unitText: Text
  value: Boolean Number QualitativeValue StructuredValue Text
QualitativeValue < Enumeration
PropertyValueSpecification < Intangible
  defaultValue: Text Thing
  maxValue minValue stepValue valueMaxLength valueMinLength: Number
  multipleValues readonlyValue valueRequired: Boolean
  valueName valuePattern: Text
SpeakableSpecification < Intangible
  cssSelector: CssSelectorType

Organization < Thing
  contactPoint: ContactPoint
  correctionsPolicy ethicsPolicy publishingPrinciples: CreativeWork URL
  email legalName slogan telephone: Text
  founder member: Organization Person
  foundingDate: Date
  knowsAbout: Text Thing URL
  knowsLanguage: Language Text
  logo: ImageObject URL
  ownershipFundingInfo: AboutPage CreativeWork Text URL
  parentOrganization subOrganization: Organization
MedicalOrganization < Organization
  medicalSpecialty: MedicalSpecialty
NGO < Organization
Person < Thing
  additionalName email familyName givenName honorificPrefix honorificSuffix: Text
  affiliation: Organization
  jobTitle: DefinedTerm Text
  knowsAbout: Text Thing URL
  worksFor: Organization
Event < Thing
Action < Thing
  agent participant: Organization Person
  error instrument object result: Thing
  target: EntryPoint URL
SearchAction < Action
  query: Text
ConsumeAction < Action
ReadAction < ConsumeAction

Enumeration < Intangible
MedicalEnumeration Specialty StatusEnumeration GenderType HealthAspectEnumeration ItemListOrderType < Enumeration
DigitalPlatformEnumeration < Enumeration
EventStatusType < StatusEnumeration
DrugLegalStatus < MedicalIntangible
DrugPregnancyCategory DrugPrescriptionStatus InfectiousAgentClass MedicalAudienceType < MedicalEnumeration
MedicalEvidenceLevel MedicalProcedureType MedicalStudyStatus MedicineSystem < MedicalEnumeration
MedicalSpecialty < MedicalEnumeration Specialty
PhysicalActivityCategory < Enumeration
"""

# The members of those enumerations that have some: written as text, alone or after https://schema.org/.
_MEMBERS = """
MedicalAudienceType: Clinician MedicalResearcher
MedicalEvidenceLevel: EvidenceLevelA EvidenceLevelB EvidenceLevelC
MedicalProcedureType: NoninvasiveProcedure PercutaneousProcedure
MedicalSpecialty: Anesthesia Audiology Cardiovascular CommunityHealth Dentistry Dermatologic Dermatology DietNutrition Emergency
MedicalSpecialty: Endocrine Gastroenterologic Genetic Geriatric Gynecologic Hematologic Infectious LaboratoryScience
MedicalSpecialty: Midwifery Musculoskeletal Neurologic Nursing Obstetric Oncologic Ophthalmology Optometric Otolaryngologic Pathology
MedicalSpecialty: Pediatric PharmacySpecialty Physiotherapy PlasticSurgery Podiatric PrimaryCare Psychiatric
MedicalSpecialty: PublicHealth Pulmonary Radiography Renal RespiratoryTherapy Rheumatologic SpeechPathology Surgical
MedicalSpecialty: Toxicologic Urologic
DrugPrescriptionStatus: OTC PrescriptionOnly
DrugPregnancyCategory: FDAcategoryA FDAcategoryB FDAcategoryC FDAcategoryD FDAcategoryX FDAnotEvaluated
InfectiousAgentClass: Bacteria Fungus MulticellularParasite Prion Protozoa Virus
MedicineSystem: Ayurvedic Chiropractic Homeopathic Osteopathic TraditionalChinese WesternConventional
PhysicalActivityCategory: AerobicActivity AnaerobicActivity Balance Flexibility LeisureTimeActivity
PhysicalActivityCategory: OccupationalActivity StrengthTraining
ItemListOrderType: ItemListOrderAscending ItemListOrderDescending ItemListUnordered
GenderType: Female Male
HealthAspectEnumeration: AllergiesHealthAspect BenefitsHealthAspect CausesHealthAspect ContagiousnessHealthAspect
HealthAspectEnumeration: EffectivenessHealthAspect GettingAccessHealthAspect HowItWorksHealthAspect
HealthAspectEnumeration: HowOrWhereHealthAspect IngredientsHealthAspect LivingWithHealthAspect
HealthAspectEnumeration: MayTreatHealthAspect MisconceptionsHealthAspect OverviewHealthAspect PatientExperienceHealthAspect
HealthAspectEnumeration: PregnancyHealthAspect PreventionHealthAspect PrognosisHealthAspect RelatedTopicsHealthAspect
HealthAspectEnumeration: RisksOrComplicationsHealthAspect SafetyHealthAspect ScreeningHealthAspect SeeDoctorHealthAspect
HealthAspectEnumeration: SelfCareHealthAspect SideEffectsHealthAspect StagesHealthAspect SymptomsHealthAspect
HealthAspectEnumeration: TreatmentsHealthAspect TypesHealthAspect UsageOrScheduleHealthAspect
"""


def _read_types() -> tuple[dict[str, tuple[str, ...]], dict[str, dict[str, tuple[str, ...]]]]:
    parents: dict[str, tuple[str, ...]] = {}
    properties: dict[str, dict[str, tuple[str, ...]]] = {}
    types: list[str] = []
    for line in filter(None, _TYPES.splitlines()):
        if line.startswith("  "):
            names, _, ranges = line.strip().partition(": ")
            own = {name: tuple(ranges.split()) for name in names.split()}
            for type_ in types:
                properties[type_].update(own)
        else:
            names, _, above = line.partition(" < ")
            types = names.split()
            parents.update(dict.fromkeys(types, tuple(above.split())))
            properties.update({type_: {} for type_ in types})
    return parents, properties


def _read_members() -> dict[str, str]:
    rows = (line.partition(": ") for line in filter(None, _MEMBERS.splitlines()))
    return {member: enumeration for enumeration, _, members in rows for member in members.split()}


# Type → the types right above it; type → own property → what its value may be; member of an enumeration → the enumeration.
PARENTS, PROPERTIES = _read_types()
MEMBERS = _read_members()


@cache
def with_all_above(type_: str) -> frozenset[str]:
    """The type and every type above it."""
    return frozenset({type_}).union(*(with_all_above(parent) for parent in PARENTS[type_]))


@cache
def properties_of(type_: str) -> dict[str, tuple[str, ...]]:
    """All properties of a type, inherited ones too, with what their values may be."""
    return {name: ranges for above in with_all_above(type_) for name, ranges in PROPERTIES[above].items()}
